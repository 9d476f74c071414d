/** Forgets what was typed about drafts and could not be sent, when all is shared or somebody signs out. */
for (const name of Object.keys(sessionStorage)) {
  if (name.startsWith("drafts-")) sessionStorage.removeItem(name);
}

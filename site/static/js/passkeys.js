// Shows what needs passkeys where the browser has them, and says so when one does not work.
if (window.PublicKeyCredential) {
  for (const element of document.querySelectorAll("[data-needs-passkeys]")) {
    element.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const message of document.querySelectorAll("[data-passkey-problem]")) {
    message.hidden = false;
  }
});

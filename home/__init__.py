"""The shared kernel: base page, blocks, access, languages, navigation, and the editorial pages."""

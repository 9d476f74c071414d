"""The project package: settings, addresses, servers and the demo."""

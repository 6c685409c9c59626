"""The claims that this program makes, each as a test."""

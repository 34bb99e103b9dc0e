"""Reading a document with help: what it may say of each duty is proposed, and never decided."""

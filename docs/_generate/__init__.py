"""The pages of docs/ that are written from other files: a module for each subject."""

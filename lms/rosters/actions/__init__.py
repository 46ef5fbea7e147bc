"""Every write about imports, by subject: keeping a dry run, applying each kind of list, taking an import back."""

"""What the desks have in common at which staff work through ideas: moderators', translators'."""

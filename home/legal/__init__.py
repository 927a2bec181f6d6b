"""The pages that the law asks for: their texts, made for a site and completed by its editors."""

"""What every page shares: layout, style, pictures, error pages, language, headers, paging."""

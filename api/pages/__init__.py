"""The pages that people see: HTML made on the server, a folder a subject.

Each has `views` (routes), `texts` (all words in three languages), templates, and `content` where
a page needs more than the API's shapes. Views call the same functions as the API, never HTTP, and
hold no rule of their own. See docs/pages.md.
"""

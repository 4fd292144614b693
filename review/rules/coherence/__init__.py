"""Do goal, indicators and budget tell one story?"""

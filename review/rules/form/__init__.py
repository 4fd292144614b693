"""Is the declaration in the form that the field expects?"""

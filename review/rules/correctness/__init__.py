"""Do name, value, unit and level go together?"""

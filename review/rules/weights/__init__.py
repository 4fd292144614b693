"""Do the weights add up and discriminate?"""

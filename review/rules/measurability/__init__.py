"""Could a third party tell whether the target was reached?"""

"""Does meeting the target take any performance?"""

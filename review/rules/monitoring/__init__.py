"""Monitoring tables: is the project on its way, at this day of the year?"""

"""carryover"""

"""The workflow: organisations, accounts and keys; submissions, verdicts, jobs; the audit log.

Everything works on a connection that the caller has opened for reading or, holding the writers'
lock, for writing, so that a change, its entry in the audit log and the kept answer to a repeated
request stand or fall together.
"""

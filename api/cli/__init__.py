"""The command line: one file a command, thin, in bokmål; everything heavy is imported late."""

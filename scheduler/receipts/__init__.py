"""What stood against a change of a finished roster: found by trying it.

`ways` tries the direct exchanges one after the other (`scheduler.changes` judges and prices each).
Nothing is solved again: what is found is about exchanges between two doctors, all else as it
stands. The engine knows no wishes; whoever asks says which duties a doctor would rather have or
be spared.
"""

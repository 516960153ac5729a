"""The legevakt model on which engines are held against one another, as one sum.

`plan` invents the district, `model` chooses the rules and adds up their prices, `greedy` is the
start from which the way to the bound is measured.
"""

"""x."""
QUICK={}
def add_arguments(p):pass

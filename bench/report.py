def write(*a):pass

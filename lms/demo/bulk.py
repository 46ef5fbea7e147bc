def settle_many(*a): pass

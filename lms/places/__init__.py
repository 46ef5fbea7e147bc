"""The tree of dated units: province → (district until 30/6/2025) → commune → village, and groupings such as a *vùng*.

Kinds and names are data, and so are the events that change them (merge, split, rename, re-parent). Schools, centres and
halls stand on a unit. Not here: who works where (people), who lives where (households).
"""

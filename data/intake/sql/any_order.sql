-- Lets this connection insert rows in any order, which takes all processors instead of one.
SET SESSION preserve_insertion_order = false

-- Takes back what any_order.sql set.
SET SESSION preserve_insertion_order = true

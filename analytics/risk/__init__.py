"""The risk that an open ticket ends not agreed: learnt from the bank's own tickets, tested on later ones."""

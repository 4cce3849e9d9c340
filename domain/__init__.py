"""The values that flow through the house, text folding, the errors and the ports. Standard library only."""

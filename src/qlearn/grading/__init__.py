"""Grade strangers' notebooks: read them, run a batch of them, report what became of each; knows no physics."""

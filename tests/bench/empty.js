// Nothing: what an engine takes to start.

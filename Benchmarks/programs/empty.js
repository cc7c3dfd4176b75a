// Nothing: what starting a process, reading a file and ending takes. It is subtracted where time is taken from outside.
0

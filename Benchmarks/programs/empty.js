// An empty program. Its time, to start a process, read a file and exit, is subtracted from times measured from outside.
0

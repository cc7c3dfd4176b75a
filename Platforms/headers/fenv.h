typedef unsigned short fexcept_t;

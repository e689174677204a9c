// What the tests' headers are precompiled for: CMake makes them with a file of this library, and main.cpp, in which
// doctest itself is compiled, cannot have them.

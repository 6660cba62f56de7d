"""How a deadline came about, in steps, sentences, a picture and a record."""

"""What is made beside the pages: the finder's index, the explorer's data, record pages."""

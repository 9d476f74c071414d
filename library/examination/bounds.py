"""How much time, room and output the reading of one file may take."""

SECONDS_FOR_TEXT = 8
SECONDS_FOR_PICTURES = 9  # with the text less than the 20 seconds that a file may take in all
MEMORY = 3 * 2**30  # bytes of address space, of which LibreOffice asks for two
FILE_SIZE = 64 * 2**20  # bytes that it may write into one file
OPEN_FILES = 256
ANSWER = 24 * 2**20  # bytes of JSON that the parent reads

PAGES = 1000  # the first ones of a document
CHARACTERS = 1_000_000  # of all pages
CHARACTERS_OF_PAGE = 250_000  # fits into PostgreSQL's index of one text, 1 MB
UNPACKED = 300 * 2**20  # bytes that the parts of an office file may have together
PARTS = 10_000  # of an office file

PICTURES = 3  # of the first pages
PICTURE_WIDTH = 800  # pixels
PICTURE_HEIGHT = 1600
PICTURE_BYTES = 2**20

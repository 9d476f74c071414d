"""Sets of backups: the database and every file, as they were at one moment, encrypted for a key that is elsewhere.

A set is a folder, written under another name and renamed when it is whole and was read back:

- ``database.age``: ``pg_dump`` of one snapshot of the database;
- ``files.age``: a tar of MEDIA_ROOT (``media/…``) and of the private storage (``private/…``);
- ``manifest.age``: the number and the checksum of the rows of every table in that snapshot, and of every file;
- ``set.json``: when it was made, and the checksums of the three, which can be checked without the key.

**One moment.** A file is written before the row that names it, and deleted after it (``library/keeping/tidying.py``,
``news/pictures/keeping.py``, Wagtail's images), and is never changed in between. So the snapshot comes first, and
every file that it names is there at that instant. Each folder is then held by hard links in its ``.backup``: it takes
moments and no room: what is deleted while the backup runs stays in it. Where somebody deleted a file between the two,
a second snapshot no longer names it. What is still named and missing is lost already: the set is made all the same,
and says which files those are. Files that arrive later go along; no row names them, and ``manage.py forget``
takes them away.

In an S3 bucket nothing can be held: its objects are copied one by one through the storage's own API. One that is
deleted between the snapshot and its turn is missing from the set, which says so; switch on the bucket's versions.

**What is checked.** While writing: ``pg_restore`` reads the whole dump, and the tar is unpacked and its checksums
compared, both before they are encrypted. After writing: the encrypted files are read again from the disk and compared
with what left the encryption. What that leaves open is whether the key that somebody keeps opens them, for the server
does not have it: ``restore SET --identity KEY --check`` tells, where the key is. Do it after the first set.

A set proves that it is whole, not who made it: whoever has the public key can make one. Keep the place closed.
"""

package blob

// Shrink leaves room for so many bytes on the disk of a store.
func Shrink(s *Store, room int64) {
	d := s.at.(disk)
	d.free = func() (int64, error) { return room, nil }
	s.at = d
}

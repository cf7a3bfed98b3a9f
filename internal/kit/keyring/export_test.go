package keyring

// Lighten makes guesses at the ring's next passphrase cheap: the race detector makes
// a second of scrypt twelve. That the program itself is dear is a test of
// internal/app.
func (r *Ring) Lighten() *Ring {
	r.work = 10
	return r
}

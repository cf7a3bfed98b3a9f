package attach

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/blob"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/job"
	"qingfeng/internal/kit/media"
	"qingfeng/internal/kit/stamp"
	"qingfeng/internal/kit/tlog"
	"qingfeng/internal/kit/upload"
)

//go:embed migrations
var files embed.FS

// Migrations returns the table of attachments.
func Migrations() fs.FS { return db.Tables(files) }

// State is where the sanitised copy of a file stands.
type State string

// The states.
const (
	Pending State = "pending"
	Ready   State = "ready"
	Failed  State = "failed"
)

// Source says from whom a file came.
type Source string

// The sources.
const (
	FromReporter Source = "reporter"
	FromStaff    Source = "staff"
)

// Owner is the record that a file hangs on.
type Owner struct{ Kind, ID string }

// File is an attached file.
type File struct {
	ID         string    `json:"id"`
	OwnerKind  string    `json:"-"`
	OwnerID    string    `json:"-"`
	Upload     string    `json:"-"`
	Source     Source    `json:"source" enum:"reporter,staff"`
	Staff      string    `json:"staff"`
	Name       string    `json:"name"`
	Claimed    string    `json:"-"` // type that the sender claimed
	Kind       string    `json:"kind" enum:"image,audio,video,document,unknown"`
	Size       int64     `json:"size" doc:"Bytes of the original."`
	Original   string    `json:"original" doc:"SHA-256 of the original."`
	OriginalAt string    `json:"-"`
	State      State     `json:"state" enum:"pending,ready,failed"`
	Copy       string    `json:"-"`
	CopyType   string    `json:"copy_type"`
	Thumb      string    `json:"-"`
	Error      string    `json:"error"`
	CreatedAt  time.Time `json:"created_at"`
	Screen     string    `json:"-"` // of a large picture
	Pages      int       `json:"pages" doc:"Of a document whose pages can be looked at; 0 elsewhere."`
	Masked     bool      `json:"masked" doc:"Voices are changed in what is heard."`
	Via        string    `json:"-"` // the record whose reporter sent it, where that is not the owner
}

// Service keeps attachments.
type Service struct {
	db      *db.DB
	uploads *upload.Service
	media   *media.Sanitiser
	stamp   *stamp.Stamp
	queue   *job.Queue
	audit   *audit.Log
	now     clock.Clock
	// Log commits to the files that are attached; nil: nothing does.
	Log *tlog.Log
}

// Made is with what copies are made and shown.
type Made struct {
	Media *media.Sanitiser
	Stamp *stamp.Stamp
}

// New returns the attachments of d.
func New(d *db.DB, uploads *upload.Service, by Made, queue *job.Queue, log *audit.Log, now clock.Clock) *Service {
	return &Service{db: d, uploads: uploads, media: by.Media, stamp: by.Stamp, queue: queue, audit: log, now: now}
}

// sealed returns the store as the bytes of a file lie in it, its copies among
// them: all are sealed under the key of its upload.
func (s *Service) sealed(ctx context.Context, f File) (sealed *blob.Store, err error) {
	err = s.db.Read(ctx, func(r db.Reader) error {
		sealed, err = s.uploads.Sealed(r, f.Upload)
		return err
	})
	return sealed, err
}

// Prepare moves uploads to where Attach can take them. It comes before the
// transaction, for moving a file cannot be undone with one, and it is where a
// file that has not arrived whole is refused. It returns the SHA-256 of each, in
// hexadecimal and sorted.
func (s *Service) Prepare(ctx context.Context, uploads []string) (hashes []string, err error) {
	hashes = []string{}
	for _, id := range uploads {
		u, err := s.uploads.Keep(ctx, id)
		if err != nil {
			if fault.Is(err, fault.NotFound) {
				return nil, fault.Field("files", i18n.T("有附件已过期或不存在，请重新上传", "a file has expired or does not exist; please upload it again"))
			}
			return nil, err
		}
		hashes = append(hashes, u.SHA256)
	}
	slices.Sort(hashes)
	return hashes, nil
}

// Handed says how files are handed in.
type Handed struct {
	Owner Owner
	From  Source
	Via   string // the record whose reporter sends them, where that is not the owner
}

// Attach hangs prepared uploads on a record, in its transaction. Where voices
// are to be changed in the files of the record, or of the one that they come by,
// they are in these.
func (s *Service) Attach(ctx context.Context, tx *db.Tx, h Handed, uploads []string) (err error) {
	defer fault.Wrap(&err, "attach.Attach")
	if len(uploads) == 0 {
		return nil
	}
	masked, err := masks(tx.Reader, h.Owner, Owner{h.Owner.Kind, h.Via})
	for i := 0; err == nil && i < len(uploads); i++ {
		err = s.attach(ctx, tx, h, masked, uploads[i])
	}
	return err
}

func (s *Service) attach(ctx context.Context, tx *db.Tx, h Handed, masked bool, id string) error {
	owner := h.Owner
	u, err := s.uploads.Take(tx, id, owner.Kind+"/"+owner.ID)
	if err != nil {
		return err
	}
	said, err := s.uploads.Seal(tx.Reader, upload.Said{ID: id, Name: u.Name, Type: u.Type})
	if err != nil {
		return err
	}
	f := File{ID: db.NewID(), OwnerKind: owner.Kind, OwnerID: owner.ID, Upload: id, Source: h.From, Via: h.Via, Masked: masked, Staff: authz.From(ctx).ID, Name: said.Name, Claimed: said.Type,
		Kind: "unknown", Size: u.Size, Original: u.SHA256, OriginalAt: u.Address, State: Pending, CreatedAt: s.now()}
	added, err := tx.Exec(`insert into attachment (id, owner_kind, owner_id, upload, source, staff, name, claimed, kind, size, original, original_at, state, created_at, masked, via)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) on conflict (upload) do nothing`,
		f.ID, f.OwnerKind, f.OwnerID, f.Upload, f.Source, f.Staff, f.Name, f.Claimed, f.Kind, f.Size, f.Original, f.OriginalAt, f.State, f.CreatedAt, f.Masked, f.Via)
	if err != nil || added == 0 {
		return err
	}
	if s.Log != nil {
		if err := s.Log.Append(tx, fileLeaf, f.fact()); err != nil {
			return err
		}
	}
	return s.queue.Enqueue(tx, jobSanitise, sanitiseArgs{f.ID})
}

// fileLeaf is the kind of the leaves of files. What is committed to, and in which
// order, is part of it: a change is another kind.
const fileLeaf = "file/v1"

// fact is what the leaf of a file says: whose it is, from whom, and the SHA-256
// of the original. What it is called is sealed apart, and its copy is made later.
func (f File) fact() tlog.Fact {
	return tlog.Fact{Record: f.ID, At: f.CreatedAt, Rest: tlog.Statement{
		{Name: "id", Value: f.ID}, {Name: "owner", Value: f.OwnerKind + "/" + f.OwnerID}, {Name: "upload", Value: f.Upload},
		{Name: "source", Value: string(f.Source)}, {Name: "staff", Value: f.Staff}, {Name: "size", Value: strconv.FormatInt(f.Size, 10)},
		{Name: "sha256", Value: f.Original}, {Name: "address", Value: f.OriginalAt}, {Name: "at", Value: strconv.FormatInt(f.CreatedAt.UnixMilli(), 10)},
	}}
}

// Logged tells the log about files.
func (s *Service) Logged() tlog.Kind {
	return tlog.Kind{Name: fileLeaf, What: "files", Facts: func(_ context.Context, r db.Reader, after string, limit int) ([]tlog.Fact, error) {
		files, err := db.All[File](r, `select * from attachment where id > $1 order by id limit $2`, after, limit)
		facts := make([]tlog.Fact, len(files))
		for i, f := range files {
			facts[i] = f.fact()
		}
		return facts, err
	}}
}

// List returns the files of a record, the oldest first.
func (s *Service) List(r db.Reader, owner Owner) ([]File, error) {
	files, err := db.All[File](r, `select * from attachment where owner_kind = $1 and owner_id = $2 order by id`, owner.Kind, owner.ID)
	if err != nil {
		return nil, err
	}
	return files, s.open(r, files)
}

// open opens what the files are called. Those that were destroyed have no name.
func (s *Service) open(r db.Reader, files []File) error {
	sealed := make([]upload.Said, len(files))
	for i, f := range files {
		sealed[i] = upload.Said{ID: f.Upload, Name: f.Name, Type: f.Claimed}
	}
	said, err := s.uploads.Said(r, sealed...)
	for i, f := range files {
		files[i].Name, files[i].Claimed = said[f.Upload].Name, said[f.Upload].Type
	}
	return err
}

// Destroy destroys for good the files of a record, their copies and what they
// are called. That they were there stays known.
func (s *Service) Destroy(tx *db.Tx, owner Owner, at time.Time) error {
	uploads, err := db.Values[string](tx.Reader, `select upload from attachment where owner_kind = $1 and owner_id = $2`, owner.Kind, owner.ID)
	if err != nil {
		return err
	}
	return s.uploads.Destroy(tx, at, uploads...)
}

// OwnersOf returns what records of a kind some uploads hang on, by upload.
func OwnersOf(r db.Reader, kind string, uploads []string) (map[string]string, error) {
	of := map[string]string{}
	if len(uploads) == 0 {
		return of, nil
	}
	var w db.Where
	w.And("owner_kind = ?", kind)
	w.AndIn("upload", uploads)
	rows, err := db.All[struct{ Upload, OwnerID string }](r, `select upload, owner_id from attachment `+w.String(), w.Args()...)
	for _, x := range rows {
		of[x.Upload] = x.OwnerID
	}
	return of, err
}

// Counts returns how many files hang on records of a kind, by record; one without
// files is absent.
func Counts(r db.Reader, kind string, owners []string) (map[string]int, error) {
	var w db.Where
	w.And("owner_kind = ?", kind)
	w.AndIn("owner_id", owners)
	rows, err := db.All[struct {
		OwnerID string
		N       int
	}](r, `select owner_id, count(*) as n from attachment `+w.String()+` group by owner_id`, w.Args()...)
	counts := make(map[string]int, len(rows))
	for _, x := range rows {
		counts[x.OwnerID] = x.N
	}
	return counts, err
}

// ByID returns one file. Fault: NotFound.
func (s *Service) ByID(r db.Reader, id string) (File, error) {
	f, err := db.Find[File](r, i18n.T("附件", "file"), `select * from attachment where id = $1`, id)
	if err != nil {
		return f, err
	}
	files := []File{f}
	err = s.open(r, files)
	return files[0], err
}

// Given returns the files that the reporter of a record gave, on it or by it on
// another, the oldest first.
func (s *Service) Given(r db.Reader, owner Owner) ([]File, error) {
	files, err := db.All[File](r, `select * from attachment where owner_kind = $1 and source = $3 and (owner_id = $2 and via = '' or via = $2 and via <> '') order by id`,
		owner.Kind, owner.ID, FromReporter)
	if err != nil {
		return nil, err
	}
	return files, s.open(r, files)
}

// Retry has the copy of a failed file made again.
func (s *Service) Retry(ctx context.Context, tx *db.Tx, f File) (err error) {
	defer fault.Wrap(&err, "attach.Retry")
	n, err := tx.Exec(`update attachment set state = $2, error = '' where id = $1 and state = $3`, f.ID, Pending, Failed)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.Conflict, i18n.T("附件不在失败状态", "the file has not failed"))
	}
	if err := s.audit.Append(ctx, tx, DidAsk, f.OwnerID, "", FileDetail, f.ID); err != nil {
		return err
	}
	return s.queue.Enqueue(tx, jobSanitise, sanitiseArgs{f.ID})
}

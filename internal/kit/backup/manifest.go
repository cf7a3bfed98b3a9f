package backup

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Format is the version of the format that this program writes, and the only
// one that it reads.
const Format = 1

// The files of a backup. A manifest names no other.
const (
	rowsFile     = "rows.jsonl.zst"
	blobsFile    = "blobs.txt.zst"
	keysFile     = "keys"
	manifestFile = "manifest"
)

// mostManifest is the longest manifest that is read, in bytes.
const mostManifest = 1 << 20

// Manifest says what a backup holds.
type Manifest struct {
	Format  int              `json:"format"`
	Program string           `json:"program"` // version of the program that made it
	MadeAt  time.Time        `json:"made_at"` // the instant of the snapshot
	Engine  string           `json:"engine"`  // that the rows were read from
	Schema  map[string]int64 `json:"schema"`  // version of each part's tables
	Tables  []TableRows      `json:"tables"`  // in the order of the rows
	Blobs   BlobCount        `json:"blobs"`
	Files   []File           `json:"files"`
}

// TableRows is how many rows of a table there are.
type TableRows struct {
	Name string `json:"name"`
	Rows int64  `json:"rows"`
}

// BlobCount counts the blobs that the rows refer to.
type BlobCount struct {
	Kept  int64 `json:"kept"`
	Bytes int64 `json:"bytes"` // of those that are kept
	Gone  int64 `json:"gone"`  // deleted while the backup was made
	Lost  int64 `json:"lost"`  // not in the store although a row still names them
}

// File is a file of a backup.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// HasKeys tells whether the key ring is in the backup.
func (m Manifest) HasKeys() bool {
	return slices.ContainsFunc(m.Files, func(f File) bool { return f.Name == keysFile })
}

func (m Manifest) file(name string) File {
	for _, f := range m.Files {
		if f.Name == name {
			return f
		}
	}
	return File{}
}

// encode writes the manifest as indented JSON and, in a last line, the SHA-256
// of what stands above it.
func (m Manifest) encode() ([]byte, error) {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	text = append(text, '\n')
	sum := sha256.Sum256(text)
	return fmt.Appendf(text, "sha256 %x\n", sum), nil
}

var (
	errUnsealed = errors.New("the last line is not the SHA-256 of the others")
	errFormat   = errors.New("made by a newer program")
)

// parseManifest reads what encode wrote, and refuses everything else.
func parseManifest(data []byte) (m Manifest, err error) {
	const tail = len("sha256 ") + 2*sha256.Size + 1
	if len(data) <= tail {
		return m, errUnsealed
	}
	text, last := data[:len(data)-tail], data[len(data)-tail:]
	if sum := sha256.Sum256(text); string(last) != "sha256 "+hex.EncodeToString(sum[:])+"\n" {
		return m, errUnsealed
	}
	var only struct{ Format int }
	if err := json.Unmarshal(text, &only); err != nil {
		return m, err
	}
	if only.Format > Format {
		return m, errFormat
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return m, errors.New("something follows the manifest")
	}
	return m, m.valid()
}

// valid refuses a manifest that encode could not have written, however well it
// is summed.
func (m Manifest) valid() error {
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Name)
		if f.Size < 0 || !isSum(f.SHA256) {
			return fmt.Errorf("no size or sum for %q", f.Name)
		}
	}
	if !slices.Equal(names, []string{rowsFile, blobsFile}) && !slices.Equal(names, []string{rowsFile, blobsFile, keysFile}) {
		return fmt.Errorf("not the files of a backup: %q", names)
	}
	seen := map[string]bool{}
	for _, t := range m.Tables {
		if !isName(t.Name) || t.Rows < 0 || seen[t.Name] {
			return fmt.Errorf("not a table: %q", t.Name)
		}
		seen[t.Name] = true
	}
	for part, version := range m.Schema {
		if !isName(part) || version < 0 {
			return fmt.Errorf("not a part: %q", part)
		}
	}
	if m.Format != Format || m.Blobs.Kept < 0 || m.Blobs.Bytes < 0 || m.Blobs.Gone < 0 || m.Blobs.Lost < 0 {
		return errors.New("impossible counts")
	}
	return nil
}

// isName tells names of tables, columns and parts, which stand in statements.
func isName(s string) bool {
	for i, c := range s {
		if (c < 'a' || c > 'z') && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= 63
}

func isSum(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size && hex.EncodeToString(raw) == s
}

// damaged is the fault of a backup that is not what it was.
func damaged(file string, err error) error {
	if errors.Is(err, errFormat) {
		return newer(file, err)
	}
	f := fault.New(fault.Conflict, i18n.T("备份已损坏：%s", "the backup is damaged: %s"), file).
		WithFix(i18n.T("没有写入任何内容。请改用另一份备份；qingfeng backup check 会逐份检查", "nothing was written; use another backup: qingfeng backup check looks at each"))
	return fmt.Errorf("%w: %w", f, err)
}

// newer is the fault of a backup that this program is too old for.
func newer(what string, err error) error {
	f := fault.New(fault.Conflict, i18n.T("备份由较新版本的程序制作（%s）", "the backup was made by a newer program (%s)"), what).
		WithFix(i18n.T("请先升级本程序再恢复", "upgrade this program first"))
	return fmt.Errorf("%w: %w", f, err)
}

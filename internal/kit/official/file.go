package official

import (
	"bytes"
	"io"

	"qingfeng/internal/kit/httpapi"
)

// File is a document as the answer of an endpoint, saved under a name without
// its ending. It is laid out before anything is answered. Faults: as Write.
func File(name string, d Document) (httpapi.File, error) {
	var out bytes.Buffer
	if err := Write(&out, d); err != nil {
		return httpapi.File{}, err
	}
	return httpapi.File{Name: name + ".docx", ContentType: ContentType, Write: func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(out.Bytes()))
		return err
	}}, nil
}

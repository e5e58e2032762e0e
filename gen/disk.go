package gen

import (
	"io/fs"
	"os"
)

// disk is what Folder needs of a file system, so that a test can stop a run
// after any one of its calls.
type disk interface {
	Lstat(name string) (fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Create(name string, mode fs.FileMode) (diskFile, error)
	Rename(from, to string) error
	Remove(name string) error
	SyncDir(name string) error
}

type diskFile interface {
	Write(data []byte) (int, error)
	Sync() error
	Close() error
}

// rootDisk is the disk below a root.
type rootDisk struct{ root *os.Root }

func (d rootDisk) Lstat(name string) (fs.FileInfo, error)     { return d.root.Lstat(name) }
func (d rootDisk) ReadFile(name string) ([]byte, error)       { return d.root.ReadFile(name) }
func (d rootDisk) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(d.root.FS(), name) }
func (d rootDisk) Rename(from, to string) error               { return d.root.Rename(from, to) }
func (d rootDisk) Remove(name string) error                   { return d.root.Remove(name) }

func (d rootDisk) Create(name string, mode fs.FileMode) (diskFile, error) {
	return d.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
}

// SyncDir makes renames and removals durable, where the system can.
func (d rootDisk) SyncDir(name string) error {
	dir, err := d.root.Open(name)
	if err != nil {
		return err
	}
	_ = dir.Sync() // not every file system can; the content itself is synced
	return dir.Close()
}

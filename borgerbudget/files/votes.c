/* The plain votes of one block in one pass: what borgerbudget/files/plain_votes.py does in thirty, and nothing more.

   Whatever is not as plain as can be is refused, and the block is then read there.  Nothing is read outside text[0 ..
   length + room) and nothing written outside the room that is given: a block is whole lines, the last byte of which is LF,
   and behind it there are at least eight bytes that mean nothing.  Quotation marks, NUL and bytes that are not UTF-8 have
   been looked for. */

#include <stdint.h>
#include <string.h>

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "words are compared as little-endian numbers"
#endif

enum { WORD = 8, MOST_WORDS = 8, SPACE = 32, ASCII = 128, DIGITS = 8 };

typedef struct {
    int64_t delimiter;                      /* the byte between cells */
    int64_t width, voter, vote, points;     /* how many columns, and which; -1: no points */
    int64_t line;                           /* bytes of the longest line */
    int64_t ids, words;                     /* how many, and of how many words the longest */
    const uint64_t *known;                  /* (words, ids): the ids, word by word */
    const int32_t *table;                   /* (slots): which id may be meant */
    int64_t slots;
    uint64_t odd, shift;                    /* from a key to its slot */
    const uint64_t *mixed;                  /* (MOST_WORDS - 1): what words after the first are multiplied with */
} shape;

typedef struct {
    int64_t rows_room, marks_room;
    int32_t *sizes;                         /* (rows): how many proposals each ballot names */
    uint64_t *voters;                       /* (rows): the key of each voter's name */
    int32_t *proposals;                     /* (marks) */
    int64_t *numbers;                       /* (marks), if there are points */
    int64_t rows, marks, pointed;
    int64_t first, first_length, last, last_length; /* the first voter's name and the last one's */
    int64_t ascending;                      /* whether each name comes after the one before it, the shorter first */
} votes;

/* The word of a name from `first` on, filled with zeros. */
static uint64_t word_at(const uint8_t *name, int64_t length, int64_t first)
{
    uint64_t word = 0;
    int64_t left = length - first;
    if (left > 0) {
        memcpy(&word, name + first, WORD);
        if (left < WORD)
            word &= (UINT64_C(1) << (8 * left)) - 1;
    }
    return word;
}

static uint64_t key_of(const shape *s, const uint8_t *name, int64_t length)
{
    uint64_t key = word_at(name, length, 0);
    for (int64_t i = 1; i * WORD < length; i++)
        key += word_at(name, length, i * WORD) * s->mixed[i - 1];
    return key;
}

/* -1: not one of the ids. */
static int32_t id_of(const shape *s, const uint8_t *name, int64_t length)
{
    if (length < 1 || length > s->words * WORD)
        return -1;
    uint64_t slot = (key_of(s, name, length) * s->odd) >> s->shift;
    if (slot >= (uint64_t)s->slots)
        return -1;
    int32_t id = s->table[slot];
    if (id < 0 || id >= s->ids)
        return -1;
    for (int64_t i = 0; i < s->words; i++)
        if (s->known[i * s->ids + id] != word_at(name, length, i * WORD))
            return -1;
    return id;
}

static int add_voter(const shape *s, votes *v, const uint8_t *text, int64_t start, int64_t length)
{
    const uint8_t *name = text + start;
    if (length < 1 || length > MOST_WORDS * WORD || v->rows >= v->rows_room)
        return 0;
    if (name[0] <= SPACE || name[0] >= ASCII || name[length - 1] <= SPACE || name[length - 1] >= ASCII)
        return 0;
    if (v->rows == 0) {
        v->first = start;
        v->first_length = length;
    } else if (length < v->last_length ||
               (length == v->last_length && memcmp(name, text + v->last, (size_t)length) <= 0)) {
        v->ascending = 0;
    }
    v->last = start;
    v->last_length = length;
    v->voters[v->rows] = key_of(s, name, length);
    return 1;
}

static int add_mark(const shape *s, votes *v, const uint8_t *text, int64_t start, int64_t length)
{
    int32_t id = id_of(s, text + start, length);
    if (id < 0 || v->marks >= v->marks_room)
        return 0;
    v->proposals[v->marks++] = id;
    return 1;
}

static int add_number(votes *v, const uint8_t *text, int64_t start, int64_t length)
{
    int64_t number = 0;
    if (length < 1 || length > DIGITS || v->pointed >= v->marks_room)
        return 0;
    for (int64_t i = start; i < start + length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return 0;
        number = 10 * number + (text[i] - '0');
    }
    v->numbers[v->pointed++] = number;
    return 1;
}

/* The highest bit of each byte of `word` that is the byte `all` consists of. */
static uint64_t equal(uint64_t word, uint64_t all)
{
    const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    uint64_t other = word ^ all;
    return ~(((other & low) + low) | other | low);
}

/* How many bytes the character has that begins there; 0: it is not UTF-8.  A byte is looked at only when those before it
   belong to one character, and so never behind the LF at the end. */
static int64_t character(const uint8_t *t)
{
    if (t[0] < 0x80)
        return 1;
    if (t[0] < 0xc2 || t[0] > 0xf4)
        return 0;
    uint8_t least = t[0] == 0xe0 ? 0xa0 : t[0] == 0xf0 ? 0x90 : 0x80;
    uint8_t most = t[0] == 0xed ? 0x9f : t[0] == 0xf4 ? 0x8f : 0xbf;
    if (t[1] < least || t[1] > most)
        return 0;
    if (t[0] < 0xe0)
        return 2;
    if ((t[2] & 0xc0) != 0x80)
        return 0;
    if (t[0] < 0xf0)
        return 3;
    return (t[3] & 0xc0) == 0x80 ? 4 : 0;
}

/* 1: all of the block is in `v`; 0: it is not plain, and nothing in `v` means anything. */
int votes_in(const shape *s, const uint8_t *text, int64_t length, int64_t room, votes *v)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), delimiters = ones * (uint8_t)s->delimiter;
    int64_t line = 0, start = 0, column = 0, marks = 0, pointed = 0, returned = -1, read = 0;
    int returns = -1; /* whether lines end with CR LF */
    v->rows = v->marks = v->pointed = 0;
    v->ascending = 1;
    if (length < 1 || room < WORD || text[length - 1] != '\n' || s->words > MOST_WORDS)
        return 0;
    if (memchr(text, '"', (size_t)length) || memchr(text, 0, (size_t)length))
        return 0;
    for (int64_t base = 0; base < length; base += WORD) {
        uint64_t word = word_at(text, length + room, base);
        if (word & (ones * ASCII)) { /* a character that reaches into the next word is found there, too */
            for (read = read < base ? base : read; read < base + WORD && read < length;) {
                int64_t bytes = character(text + read);
                if (!bytes)
                    return 0;
                read += bytes;
            }
        }
        uint64_t cuts = equal(word, delimiters) | equal(word, ones * ',') | equal(word, ones * '\n') | equal(word, ones * '\r');
        for (; cuts; cuts &= cuts - 1) {
            int64_t at = base + __builtin_ctzll(cuts) / 8;
            if (at >= length)
                break;
            int is_comma = text[at] == ',', is_end = text[at] == '\n';
            if (is_comma && column != s->voter && column != s->vote && column != s->points)
                continue;
            if (text[at] == '\r') {
                if (text[at + 1] != '\n') /* there is one: the last byte is not CR */
                    return 0;
                returned = at;
                continue;
            }
            int is_return = is_end && returned >= 0 && returned == at - 1;
            int64_t size = at - is_return - start;
            int blank = size == 0 && !is_comma;
            if (column == s->voter) {
                if (is_comma || !add_voter(s, v, text, start, size))
                    return 0;
            } else if (column == s->vote) {
                if (!(blank && v->marks == marks) && !add_mark(s, v, text, start, size))
                    return 0;
            } else if (column == s->points) {
                if (!(blank && v->pointed == pointed) && !add_number(v, text, start, size))
                    return 0;
            }
            start = at + 1;
            if (is_end) {
                if (column != s->width - 1 || at - line > s->line || (returns >= 0 && returns != is_return))
                    return 0;
                if (s->points >= 0 && v->marks - marks != v->pointed - pointed)
                    return 0;
                if (v->rows >= v->rows_room || v->marks - marks > INT32_MAX)
                    return 0;
                v->sizes[v->rows++] = (int32_t)(v->marks - marks);
                returns = is_return;
                line = start;
                column = 0;
                marks = v->marks;
                pointed = v->pointed;
            } else if (!is_comma && ++column >= s->width) {
                return 0;
            }
        }
    }
    return 1;
}

/* Ballots in order, which of them are equal, and who marks each proposal: what first_of_each (ballots/method.py), _equal_ones
   (profile.py) and _in_order_of_proposals (support.py, in tallies) do with arrays.

   Ballot i has the marks proposals[offsets[i] .. offsets[i + 1]), and so many points, unless `points` is NULL.  Offsets are
   looked at before anything is read by them, and whatever is not as it should be is refused with -1; nothing is then to be
   used of what was written. */

#include <stdint.h>
#include <string.h>

enum { SHORT = 32, PATIENCE = 16 };

/* Whether on every ballot each mark comes after the one before it. */
int64_t marks_ascend(const int64_t *offsets, int64_t ballots, const int32_t *proposals, int64_t marks)
{
    for (int64_t i = 0; i < ballots; i++) {
        int64_t start = offsets[i], end = offsets[i + 1];
        if (start < 0 || end < start || end > marks)
            return -1;
        for (int64_t k = start + 1; k < end; k++)
            if (proposals[k] <= proposals[k - 1])
                return 0;
    }
    return 1;
}

/* Puts the marks of every ballot in order, of repeated ones the most points first; whether some mark stands on a ballot twice.
   Refused: ballots longer than SHORT. */
int64_t marks_order(const int64_t *offsets, int64_t ballots, int32_t *proposals, int64_t *points, int64_t marks)
{
    int64_t twice = 0;
    for (int64_t i = 0; i < ballots; i++) {
        int64_t start = offsets[i], end = offsets[i + 1];
        if (start < 0 || end < start || end > marks || end - start > SHORT)
            return -1;
        for (int64_t k = start + 1; k < end; k++) {
            int32_t mark = proposals[k];
            int64_t given = points ? points[k] : 0, at = k;
            for (; at > start; at--) {
                if (proposals[at - 1] < mark)
                    break;
                if (proposals[at - 1] == mark) {
                    twice = 1;
                    if (!points || points[at - 1] >= given)
                        break;
                }
                proposals[at] = proposals[at - 1];
                if (points)
                    points[at] = points[at - 1];
            }
            proposals[at] = mark;
            if (points)
                points[at] = given;
        }
    }
    return twice;
}

/* For each ballot its group, for each group its first ballot, both in order of appearance; how many groups.  `table` has
   `slots`, a power of two and more than there are ballots.  Hashes say where to look and nothing else; refused when they
   meet too often. */
int64_t marks_equal(const int64_t *offsets, int64_t ballots, const int32_t *proposals, const int64_t *points, int64_t marks,
                    int32_t *table, int64_t slots, int64_t *group, int64_t *first)
{
    int64_t groups = 0, tried = 0;
    if (slots <= ballots || (slots & (slots - 1)) || ballots >= INT32_MAX)
        return -1;
    memset(table, 0xff, (size_t)slots * sizeof *table);
    for (int64_t i = 0; i < ballots; i++) {
        int64_t start = offsets[i], end = offsets[i + 1];
        if (start < 0 || end < start || end > marks)
            return -1;
        int64_t size = end - start;
        uint64_t hash = (uint64_t)size + 1;
        for (int64_t k = 0; k < size; k++) {
            hash = (hash ^ (uint32_t)proposals[start + k]) * UINT64_C(0x9E3779B97F4A7C15);
            hash ^= hash >> 32;
            if (points) {
                hash = (hash ^ (uint64_t)points[start + k]) * UINT64_C(0x9E3779B97F4A7C15);
                hash ^= hash >> 32;
            }
        }
        int64_t slot = (int64_t)(hash & (uint64_t)(slots - 1)), found;
        for (;; slot = (slot + 1) & (slots - 1)) {
            found = table[slot];
            if (found < 0) {
                found = table[slot] = (int32_t)groups;
                first[groups++] = i;
                break;
            }
            int64_t other = offsets[first[found]];
            if (offsets[first[found] + 1] - other == size &&
                !memcmp(proposals + other, proposals + start, (size_t)size * sizeof *proposals) &&
                (!points || !memcmp(points + other, points + start, (size_t)size * sizeof *points)))
                break;
            if (++tried > PATIENCE * (ballots + 1))
                return -1;
        }
        group[i] = found;
    }
    return groups;
}

/* Which ballots mark each proposal, ascending, one proposal after the other, into `narrow` or, where that is NULL, `wide`; and
   what for, unless `points` is NULL.  `place` has room for a number more than there are proposals.  1: done. */
int64_t marks_by_proposal(const int64_t *offsets, int64_t ballots, const int32_t *proposals, const int64_t *points, int64_t marks,
                          int64_t different, int64_t *place, int32_t *narrow, int64_t *wide, int64_t *given)
{
    if (different < 0 || ballots >= INT32_MAX)
        return -1;
    memset(place, 0, (size_t)(different + 1) * sizeof *place);
    for (int64_t k = 0; k < marks; k++) {
        if (proposals[k] < 0 || proposals[k] >= different)
            return -1;
        place[proposals[k] + 1]++;
    }
    for (int64_t p = 0; p < different; p++)
        place[p + 1] += place[p];
    int64_t before = 0; /* no mark is on two ballots, so that no more are written than were counted */
    for (int64_t i = 0; i < ballots; i++) {
        int64_t start = offsets[i], end = offsets[i + 1];
        if (start < before || end < start || end > marks)
            return -1;
        before = end;
        for (int64_t k = start; k < end; k++) {
            int64_t to = place[proposals[k]]++;
            if (narrow)
                narrow[to] = (int32_t)i;
            else
                wide[to] = i;
            if (points)
                given[to] = points[k];
        }
    }
    return 1;
}

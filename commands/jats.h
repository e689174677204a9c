// Contributors as JATS, the XML of journals:
// https://jats.nlm.nih.gov/archiving/tag-library/1.3/element/article-meta.html, with CRediT roles, conflicts of
// interest and funding as JATS4R recommends: https://jats4r.niso.org/credit-taxonomy/
#pragma once

#include <string>
#include <vector>

#include "commands/contributors.h"

namespace osrbot {

/// An XML document of one <article-meta>: in its <contrib-group> the authors in their order, with names, ORCID iDs,
/// e-mail addresses and affiliations as far as they were told, and one <role> for each confirmed role; behind it what
/// they declared of conflicts of interest (<author-notes>) and funding (<funding-group>), where anybody did. Characters
/// that XML cannot have are left out.
std::string jats_article_meta(const std::vector<Contributor>& people);

}  // namespace osrbot
